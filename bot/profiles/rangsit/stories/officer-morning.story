# เช้าวันทำงานของเจ้าหน้าที่: รับ ถาม เริ่มงาน · An officer’s morning
# {invitation} is given by whoever plays the story.

= เช้านี้มีเรื่องรออยู่
person พร
พร adds the account
พร sees ยินดีต้อนรับ
พร says ขยะกองใหญ่หน้าวัดแสงสรรค์ ไม่มีใครมาเก็บ 3 วันแล้ว
พร sees ตรวจดูก่อนส่ง
พร presses ส่งเรื่อง
พร sees รอรับเรื่อง
พร keeps pile from RS-\d{4}-\d{5,}

= เจ้าหน้าที่เปิดงาน
person วิชัย
วิชัย adds the account
วิชัย sees ยินดีต้อนรับ
วิชัย says {invitation}
วิชัย sees คุณเป็นเจ้าหน้าที่
วิชัย presses งานใหม่
วิชัย sees {pile}

- รับเรื่อง แล้วถามเพิ่ม
วิชัย presses รับเรื่อง on card {pile}
วิชัย sees รับเรื่องแล้ว + {pile}
วิชัย presses ขอข้อมูลเพิ่ม on card {pile}
วิชัย sees ถาม
วิชัย says กองอยู่ฝั่งถนนใหญ่หรือในซอยข้างวัด
พร sees ฝั่งถนนใหญ่ + รอข้อมูล
พร says ในซอยข้างวัด ตรงเสาไฟต้นที่สอง
วิชัย sees เสาไฟต้นที่สอง + {pile}

- ลงมือทำ แล้วดูงานของตัวเอง
วิชัย presses เริ่มดำเนินการ on card {pile}
วิชัย sees กำลังดำเนินการ + {pile}
วิชัย presses งานของฉัน
วิชัย sees {pile}
